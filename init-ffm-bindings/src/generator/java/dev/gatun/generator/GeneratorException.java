package dev.gatun.generator;

/** What went wrong, in a sentence that names the symbol or file, for the person at the terminal. */
final class GeneratorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GeneratorException(String message) {
    super(message);
  }

  GeneratorException(String message, Throwable cause) {
    super(message, cause);
  }
}
