package dev.gatun.clients.web;

import dev.gatun.clients.Connection;
import dev.gatun.clients.Wire;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import java.nio.charset.StandardCharsets;

/** Answers one request. */
final class HttpConnection extends Connection {
  private static final int TOO_LARGE = 431;

  private final Pages pages;

  HttpConnection(Wire wire, int descriptor, Pages pages) {
    super(wire, descriptor, HttpRequest.MAX_BYTES);
    this.pages = pages;
  }

  @Override
  protected int take(byte[] bytes, int length) {
    int end = HttpRequest.end(bytes, length);
    if (end > 0) {
      answer(pages.answer(HttpRequest.read(bytes, end)));
    }
    return end;
  }

  @Override
  protected void refuseLength() {
    answer(Answer.refusal(TOO_LARGE));
  }

  private void answer(Answer answer) {
    byte[] head = answer.head().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + answer.body().length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(answer.body(), 0, whole, head.length, answer.body().length);
    sendLast(whole);
  }

  @Override
  protected boolean isWaiting() {
    return false;
  }

  @Override
  protected void lookAt(State state) {
    // Every request is answered at once.
  }

  @Override
  protected Deadline nextLook() {
    return Deadline.NEVER;
  }
}
