package dev.gatun.journal.replay;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.record.Header;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files of a journal: the latest part, and where it has gone on, the part before. */
public final class JournalFiles {
  private static final String OLDER = ".1";
  private static final int MAX_HEADER_CHARACTERS = 4096;

  private JournalFiles() {}

  /**
   * Plays all there is of the journal that ends in {@code file}.
   *
   * @throws JournalException whose message names the file and says what is wrong with it
   */
  public static void play(Path file, Playback playback) throws JournalException {
    try (BufferedReader latest = open(file)) {
      Header header = header(latest);
      if (header.part() > 1) {
        playOlder(file.resolveSibling(file.getFileName() + OLDER), header, playback);
      }
      playback.play(latest);
    } catch (NoSuchFileException e) {
      throw new JournalException("cannot read " + file + ": there is no such file");
    } catch (AccessDeniedException e) {
      throw new JournalException("cannot read " + file + ": permission denied");
    } catch (IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage());
    } catch (JournalException e) {
      throw new JournalException("cannot use " + file + " as a journal: " + e.getMessage());
    }
  }

  /** One of another container, or of long ago, is none of this journal. */
  private static void playOlder(Path file, Header next, Playback playback)
      throws IOException, JournalException {
    if (!Files.isReadable(file)) {
      return;
    }
    try (BufferedReader older = open(file)) {
      Header header = header(older);
      boolean belongs =
          header.startedMillis() == next.startedMillis() && header.part() == next.part() - 1;
      if (belongs) {
        playback.play(older);
      }
    } catch (JournalException e) {
      throw new JournalException("its older part " + file + ": " + e.getMessage());
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    // Unlike the decoder of Files.newBufferedReader this one takes what is no UTF-8.
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static Header header(BufferedReader part) throws IOException, JournalException {
    part.mark(MAX_HEADER_CHARACTERS);
    char[] start = new char[MAX_HEADER_CHARACTERS];
    int count = Math.max(0, part.read(start));
    part.reset();
    String text = new String(start, 0, count);
    int end = text.indexOf('\n');
    if (count == 0) {
      throw new JournalException("it is empty");
    }
    try {
      String first = end < 0 ? text : text.substring(0, end);
      if (new LineReader().read(first) instanceof Line.Begun begun) {
        return begun.header();
      }
    } catch (JournalException e) {
      if (text.startsWith("{\"journal\":")) {
        throw e;
      }
    }
    throw new JournalException("no journal of Gatun begins like its first line");
  }
}
