package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatun.reaper.OrphanReaper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A web server that is PID 1 of its container and runs commands: POST /run takes one for sh and
 * answers with its output and exit code; GET /orphans tells how many processes were reaped that
 * such commands have left behind. It is an example, and serves this machine only: whoever gets at
 * it may run anything.
 */
public final class CommandServer {
  private CommandServer() {}

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    OrphanReaper reaper =
        OrphanReaper.builder()
            .onReap(orphan -> System.out.println("left behind and reaped: " + orphan))
            .start();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/run", CommandServer::run);
    server.createContext("/orphans", exchange -> answer(exchange, reaper.reaped() + " reaped\n"));
    server.start();
    System.out.println("listening on port " + server.getAddress().getPort());
  }

  private static void run(HttpExchange exchange) throws IOException {
    String command = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.onExit().join().exitValue();
    answer(exchange, output + "exit code " + code + "\n");
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
