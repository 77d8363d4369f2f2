# Runs a command with a certain kind of standard output, and lets nobody read it before a file exists.
#
#   perl give-stdout.pl KIND GATE COMMAND...
#
# KIND is pipe, socketpair, unix, pty or stopped-pty (a terminal after ^S). When GATE exists, what was
# written is copied to standard output. TERM is passed on. Says on standard error what the flags of the
# descriptor, which the command shares, were before and after. Exits as the command does.
use strict;
use warnings;
use Fcntl;
use POSIX ();
use Socket;

my ($kind, $gate, @command) = @ARGV;

sub ends {
  my ($r, $w);
  if ($kind eq 'pipe') {
    pipe($r, $w) or die "pipe: $!";
  } elsif ($kind eq 'socketpair') {
    socketpair($r, $w, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or die "socketpair: $!";
  } elsif ($kind eq 'unix') {
    my $path = "$gate.socket";
    socket(my $server, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
    bind($server, pack_sockaddr_un($path)) or die "bind: $!";
    listen($server, 1) or die "listen: $!";
    socket($w, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
    connect($w, pack_sockaddr_un($path)) or die "connect: $!";
    accept($r, $server) or die "accept: $!";
  } else {
    my ($unlock, $name) = (0x40045431, 0x80045430);
    my ($zero, $number) = (pack('i', 0), pack('i', 0));
    sysopen($r, '/dev/ptmx', O_RDWR | O_NOCTTY) or die "ptmx: $!";
    ioctl($r, $unlock, $zero) or die "unlock: $!";
    ioctl($r, $name, $number) or die "name: $!";
    sysopen($w, '/dev/pts/' . unpack('i', $number), O_RDWR | O_NOCTTY) or die "pts: $!";
  }
  return ($r, $w);
}

my ($reading, $writing) = ends();
# Small, so that it is soon full.
if ($kind eq 'pipe') {
  fcntl($writing, 1031, 4096) or die "F_SETPIPE_SZ: $!";
} elsif ($kind ne 'pty' && $kind ne 'stopped-pty') {
  setsockopt($writing, SOL_SOCKET, SO_SNDBUF, 4096) or die "SO_SNDBUF: $!";
}
my $stopped = $kind eq 'stopped-pty';
syswrite($reading, "\x13") if $stopped;
my $before = fcntl($writing, F_GETFL, 0);

my $child = fork() // die "fork: $!";
if ($child == 0) {
  close($reading);
  POSIX::dup2(fileno($writing), 1) // die "dup2: $!";
  close($writing);
  exec(@command) or die "exec: $!";
}
$SIG{TERM} = sub { kill TERM => $child };

my $code;
until (-e $gate || defined $code) {
  select(undef, undef, undef, 0.01);
  $code = $? if waitpid($child, POSIX::WNOHANG()) == $child;
}
print STDERR "flags $before ", fcntl($writing, F_GETFL, 0), "\n";
close($writing);
syswrite($reading, "\x11") if $stopped;

while (1) {
  my $count = sysread($reading, my $bytes, 65536);
  next if !defined $count && $!{EINTR};
  last if !$count;
  for (my $at = 0; $at < $count;) {
    my $written = syswrite(STDOUT, $bytes, $count - $at, $at);
    $at += $written if defined $written;
  }
}
until (defined $code) {
  $code = $? if waitpid($child, 0) == $child;
}
exit($code >> 8);
