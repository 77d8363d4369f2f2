package dev.gatun.kernel;

import java.io.IOException;

/** The files by which an init tells others what it does. All are where everybody looks for them. */
public interface InitFiles {

  /** Makes the log of who is there now, {@code /run/utmp}, anew, with nothing in it. */
  void clearCurrent() throws IOException;

  /**
   * Writes a record into that log: in the place of the first that is one of {@code place}, or at
   * the end.
   */
  void put(byte[] record, Place place) throws IOException;

  /** Adds a record to the log of who was there, {@code /var/log/wtmp}, where there is one. */
  void append(byte[] record) throws IOException;

  /** Says which level it is, {@code /run/runlevel}. */
  void showLevel(String level) throws IOException;

  /** The first byte of {@code /run/powerstatus}, which is removed; -1 when there is none. */
  int takePowerStatus();

  /** Which release of the kernel it is. */
  String kernelRelease();

  /** Whether a record is to be replaced. */
  interface Place {
    boolean isOf(byte[] record);
  }
}
