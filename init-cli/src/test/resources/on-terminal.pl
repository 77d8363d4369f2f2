# Runs a command on a terminal of its own and plays the user in front of it.
#
#   perl on-terminal.pl SCRIPT COMMAND...
#
# Each line of SCRIPT is a step: "> TEXT" types TEXT, in which \n, \r and \xNN mean what they mean in
# Perl; "< REGEX" waits until the terminal shows that; "= ROWS COLUMNS" makes the window that large.
# Prints all that the terminal showed. Exits with the command's exit code when it has ended after the
# last step, and with 99 when a step or the end has been waited for in vain.
use strict;
use warnings;
use Fcntl;
use POSIX ();

my ($script, @command) = @ARGV;
my $patience = 40;
my ($unlock, $name, $resize) = (0x40045431, 0x80045430, 0x5414);
my ($zero, $number) = (pack('i', 0), pack('i', 0));
sysopen(my $terminal, '/dev/ptmx', O_RDWR | O_NOCTTY) or die "ptmx: $!";
ioctl($terminal, $unlock, $zero) or die "unlock: $!";
ioctl($terminal, $name, $number) or die "name: $!";

my $child = fork() // die "fork: $!";
if ($child == 0) {
  close($terminal);
  POSIX::setsid() // die "setsid: $!";
  # The first terminal that the leader of a session opens becomes the session's.
  sysopen(my $own, '/dev/pts/' . unpack('i', $number), O_RDWR) or die "pts: $!";
  POSIX::dup2(fileno($own), $_) // die "dup2: $!" for 0 .. 2;
  close($own) if fileno($own) > 2;
  exec(@command) or die "exec: $!";
}

my ($shown, $all, $open) = ('', '', 1);

sub look {
  my $ready = '';
  vec($ready, fileno($terminal), 1) = 1;
  return if !select($ready, undef, undef, 0.05);
  my $count = sysread($terminal, my $bytes, 65536);
  $open = 0 if !$count;
  $shown .= $bytes if $count;
  $all .= $bytes if $count;
}

sub give_up {
  print "$all\n--- waited in vain for: @_\n--- after the last step was shown: $shown\n";
  kill KILL => $child;
  exit(99);
}

open(my $steps, '<', $script) or die "$script: $!";
while (my $step = <$steps>) {
  chomp($step);
  my ($kind, $text) = $step =~ /^([<>=]) (.*)$/ or next;
  if ($kind eq '>') {
    $text =~ s/\\(x[0-9a-f]{2}|n|r)/qq("\\$1")/gee;
    syswrite($terminal, $text);
  } elsif ($kind eq '=') {
    my $size = pack('SSSS', split(' ', $text), 0, 0);
    ioctl($terminal, $resize, $size) or die "resize: $!";
  } else {
    my $end = time() + $patience;
    until ($shown =~ s/^.*?$text//s) {
      give_up($text) if !$open || time() > $end;
      look();
    }
  }
}
my $end = time() + $patience;
until (waitpid($child, POSIX::WNOHANG()) == $child) {
  give_up('the end') if time() > $end;
  look() if $open;
}
my $code = $?;
print $all;
exit($code & 127 ? 128 + ($code & 127) : $code >> 8);
