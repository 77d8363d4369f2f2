package dev.gatun.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.loop.Children.Child;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import org.junit.jupiter.api.Test;

/** Whose pid may stand for a group. */
class ChildrenTest {
  private static final ServiceName WEB = ServiceName.of("web");
  private static final int PID = 70;

  private final Children children = new Children();
  private long number;

  private Child begin(Stage stage, int pid) {
    Child child = new Child(new Incarnation(WEB, stage, ++number), pid, -1);
    children.add(child);
    return child;
  }

  private Child ended(Stage stage, int pid) {
    Child child = begin(stage, pid);
    children.remove(child);
    return child;
  }

  @Test
  void the_group_of_a_process_is_known_while_it_lives_and_when_it_has_ended() {
    Child run = begin(Stage.RUN, PID);
    assertEquals(PID, children.groupLedBy(run.who()));
    children.remove(run);
    assertEquals(PID, children.groupLedBy(run.who()));
  }

  @Test
  void scripts_of_a_service_do_not_stand_in_the_way() {
    Child run = ended(Stage.RUN, PID);
    ended(Stage.FINISH, PID + 1);
    assertEquals(PID, children.groupLedBy(run.who()));
  }

  @Test
  void only_the_last_process_of_a_service_is_remembered() {
    Child first = ended(Stage.RUN, PID);
    Child last = ended(Stage.RUN, PID + 1);
    assertEquals(0, children.groupLedBy(first.who()));
    assertEquals(PID + 1, children.groupLedBy(last.who()));
    children.forget(WEB);
    assertEquals(0, children.groupLedBy(last.who()));
  }

  @Test
  void a_pid_that_a_child_has_by_now_is_no_other_ones_group() {
    Child run = ended(Stage.RUN, PID);
    begin(Stage.LOG, PID);
    assertEquals(0, children.groupLedBy(run.who()));
  }
}
