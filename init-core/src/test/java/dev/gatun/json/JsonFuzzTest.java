package dev.gatun.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.json.JsonValue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Whatever people and clients write: a full parser is the oracle. */
class JsonFuzzTest {
  private static final JsonFactory FULL =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  @FuzzTest
  void aDocumentIsReadAsByAFullParser(byte[] bytes) {
    // The full parser takes a byte order mark, and other encodings.
    if (bytes.length >= 1 && (bytes[0] == 0 || bytes[0] < -15)
        || bytes.length > 1 && bytes[1] == 0) {
      return;
    }
    JsonValue value;
    try {
      value = JsonReader.read(bytes);
    } catch (JsonException e) {
      assertTrue(e.line() >= 1 && e.column() >= 1, e.getMessage());
      return;
    }
    assertTrue(isDocument(bytes), () -> new String(bytes, StandardCharsets.UTF_8));
    JsonText again = new JsonText();
    write(value, again);
    try {
      assertEquals(again.toString(), written(JsonReader.read(again.line())));
    } catch (JsonException e) {
      throw new AssertionError(again.toString(), e);
    }
  }

  private static String written(JsonValue value) {
    JsonText text = new JsonText();
    write(value, text);
    return text.toString();
  }

  private static boolean isDocument(byte[] bytes) {
    try (JsonParser parser =
        FULL.createParser(tools.jackson.core.ObjectReadContext.empty(), bytes)) {
      int depth = 0;
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
      }
      return values == 1;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static void write(JsonValue value, JsonText to) {
    switch (value.kind()) {
      case OBJECT -> {
        to.beginObject();
        for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
          write(member.getValue(), to.name(member.getKey()));
        }
        to.endObject();
      }
      case ARRAY -> {
        to.beginArray();
        value.items().forEach(item -> write(item, to));
        to.endArray();
      }
      default -> to.value(value.text());
    }
  }

  @Test
  void half_of_a_character_is_refused() throws JsonException {
    byte[] whole = "[\"\\ud83d\\ude00\"]".getBytes(StandardCharsets.UTF_8);
    assertEquals("\uD83D\uDE00", JsonReader.read(whole).items().getFirst().text());
    for (String half : List.of("\\ud12d\\ude00", "\\ud83d", "\\ud83dx", "\\ude00\\ud83d")) {
      byte[] document = ("[\"" + half + "\"]").getBytes(StandardCharsets.UTF_8);
      JsonException e = assertThrows(JsonException.class, () -> JsonReader.read(document), half);
      assertEquals("half of a character stands alone", e.problem());
    }
  }

  @Test
  void an_error_names_line_and_column_in_characters() {
    try {
      JsonReader.read("{\n \"\uD83D\uDE00\": tru}".getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      assertEquals(2, e.line());
      assertEquals(7, e.column());
      assertTrue(e.problem().contains("there is t"), e.problem());
      return;
    }
    throw new AssertionError("it was taken");
  }

  @Test
  void values_know_what_they_are() throws JsonException {
    JsonValue value =
        JsonReader.read(
            "{\"a\":[1,-2.5e3,true,null,\"x\\n\\u00e9\"]}".getBytes(StandardCharsets.UTF_8));
    JsonValue array = value.members().get("a");
    assertEquals(5, array.items().size());
    assertEquals(1, array.items().get(0).wholeNumber(0, 5));
    assertEquals("-2.5e3", array.items().get(1).text());
    assertTrue(array.items().get(3).is(Kind.NULL));
    assertEquals("x\n\u00e9", array.items().get(4).text());
  }
}
