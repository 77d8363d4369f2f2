package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.NumericAddress;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.Sockets;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.plan.Probe;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Asks services whether they answer, by a connection or by HTTP, in the loop: nothing waits for an
 * answer. How long one may take is the machine's matter.
 */
final class Questions {
  private static final int BUFFER_BYTES = 4096;

  private final Kernel kernel;
  private final Poll poll;
  private final Sockets sockets;
  private final EventQueue events;
  private final long buffer;
  private final Map<Long, Question> open = new HashMap<>();

  Questions(Shell shell) {
    this.kernel = shell.kernel();
    this.poll = shell.poll();
    this.sockets = kernel.sockets();
    this.events = shell.events();
    this.buffer = kernel.memory().allocate(BUFFER_BYTES);
  }

  void ask(Effect.Ask effect) {
    String host;
    int port;
    byte[] request = null;
    if (effect.check() instanceof Probe.Http http) {
      host = http.host();
      port = http.port();
      request = HttpAnswer.request(host, port, http.path()).getBytes(StandardCharsets.US_ASCII);
    } else {
      Probe.Tcp tcp = (Probe.Tcp) effect.check();
      host = tcp.host();
      port = tcp.port();
    }
    byte[] address = NumericAddress.parse(host);
    if (address == null) {
      answer(effect.who(), "no address in numbers: " + host);
      return;
    }
    int descriptor = sockets.connect(new Sockets.Address(address, port));
    if (descriptor < 0) {
      answer(effect.who(), words(-descriptor));
      return;
    }
    Question question = new Question(effect.who(), descriptor, request);
    open.put(effect.who().number(), question);
    poll.watch(descriptor, Interest.WRITABLE, question);
  }

  void stopAsking(Effect.StopAsking effect) {
    Question question = open.get(effect.who().number());
    if (question != null) {
      question.close();
    }
  }

  private void answer(Incarnation who, String failure) {
    events.post(new Event.ProbeAnswered(events.nowNanos(), who, failure));
  }

  private String words(int error) {
    String text = kernel.explain(error);
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** One that is not answered. */
  private final class Question implements Poll.Handler {
    private final Incarnation who;
    private final int descriptor;
    private final byte[] request;
    private final HttpAnswer answer = new HttpAnswer();
    private boolean isSent;

    Question(Incarnation who, int descriptor, byte[] request) {
      this.who = who;
      this.descriptor = descriptor;
      this.request = request;
    }

    @Override
    public void ready() {
      if (isSent) {
        hear();
        return;
      }
      int outcome = sockets.outcome(descriptor);
      if (outcome < 0 || request == null) {
        finish(outcome < 0 ? words(-outcome) : "");
        return;
      }
      kernel.memory().put(buffer, request, 0, request.length);
      long sent = sockets.send(descriptor, buffer, request.length);
      if (sent != request.length) {
        finish(sent < 0 ? words((int) -sent) : "it took half of the request");
        return;
      }
      isSent = true;
      poll.forget(descriptor);
      poll.watch(descriptor, Interest.READABLE, this);
    }

    private void hear() {
      long count = kernel.read(descriptor, buffer, BUFFER_BYTES);
      if (count == -Errno.EAGAIN) {
        return;
      }
      if (count <= 0) {
        finish(count < 0 ? words((int) -count) : "it closed the connection without an answer");
        return;
      }
      answer.add(kernel.memory().bytes(buffer, (int) count));
      if (answer.isComplete()) {
        finish(answer.failure());
      }
    }

    private void finish(String failure) {
      close();
      answer(who, failure);
    }

    private void answer(Incarnation asked, String failure) {
      Questions.this.answer(asked, failure);
    }

    private void close() {
      open.remove(who.number());
      poll.forget(descriptor);
      kernel.close(descriptor);
    }
  }
}
