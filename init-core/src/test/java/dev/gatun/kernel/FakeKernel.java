package dev.gatun.kernel;

import java.lang.reflect.Proxy;

/** A kernel that does what a test says. */
public final class FakeKernel {
  private FakeKernel() {}

  /** Says what a method answers; what is not expected, it refuses by an exception. */
  public interface Answers {
    Object to(String method, Object[] arguments);
  }

  public static Kernel answering(Answers answers) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> answers.to(method.getName(), arguments));
  }

  /** For a method that nothing in the test should need. */
  public static Object unexpected(String method) {
    throw new UnsupportedOperationException(method);
  }
}
