package dev.gatun.journal;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Gatun's values as JSON. Streaming, because a container may have ten thousand orphans. */
final class JsonOut {
  private final JsonGenerator json;

  JsonOut(OutputStream into) {
    json =
        JsonFactory.builder()
            .rootValueSeparator("")
            // Halves of characters, which Java's strings may have, come back as they were.
            .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build()
            .createGenerator(ObjectWriteContext.empty(), into);
  }

  /** Everything so far goes to the stream. */
  void flush() {
    json.flush();
  }

  JsonOut beginObject() {
    json.writeStartObject();
    return this;
  }

  JsonOut endObject() {
    json.writeEndObject();
    return this;
  }

  JsonOut beginArray() {
    json.writeStartArray();
    return this;
  }

  JsonOut endArray() {
    json.writeEndArray();
    return this;
  }

  JsonOut name(String name) {
    json.writeName(name);
    return this;
  }

  JsonOut text(String text) {
    json.writeString(text);
    return this;
  }

  JsonOut number(long number) {
    json.writeNumber(number);
    return this;
  }

  JsonOut flag(boolean flag) {
    json.writeBoolean(flag);
    return this;
  }

  JsonOut nothing() {
    json.writeNull();
    return this;
  }

  /** Bytes that are no UTF-8 become characters of one byte each, in an object that says so. */
  JsonOut bytes(OsString value) {
    byte[] bytes = value.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (OsString.of(text).equals(value)) {
      return text(text);
    }
    String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
    return beginObject().name("bytes").text(latin1).endObject();
  }

  JsonOut service(ServiceName service) {
    return bytes(service.value());
  }

  JsonOut service(Optional<ServiceName> service) {
    return service.isPresent() ? service(service.get()) : nothing();
  }

  JsonOut who(Incarnation who) {
    return beginArray()
        .service(who.service())
        .text(who.stage().label())
        .number(who.number())
        .endArray();
  }

  JsonOut orphan(OrphanId id) {
    return beginArray().number(id.number()).number(id.pid()).endArray();
  }

  JsonOut signal(Signal signal) {
    return text(signal.toString());
  }

  /** Null for never. */
  JsonOut deadline(Deadline deadline) {
    return deadline.isNever() ? nothing() : number(deadline.atNanos());
  }

  JsonOut status(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> beginArray().text("exited").number(exited.code()).endArray();
      case ExitStatus.Signaled by ->
          beginArray().text("killed").signal(by.signal()).flag(by.dumpedCore()).endArray();
    };
  }
}
