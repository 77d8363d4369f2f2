/** An application as Gatun's users have them: it logs JSON lines, and ends in order on TERM. */
public final class Orders {
  private Orders() {}

  public static void main(String[] args) throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.out.println("{\"message\":\"no more orders\"}")));
    for (int number = 1; ; number++) {
      System.out.println("{\"message\":\"order taken\",\"order\":" + number + "}");
      Thread.sleep(1000);
    }
  }
}
