use strict;
use warnings;
use IO::Socket::IP;
use POSIX ':sys_wait_h';

$SIG{PIPE} = 'IGNORE';
$SIG{CHLD} = sub { 1 while waitpid(-1, WNOHANG) > 0 };

my $s = IO::Socket::IP->new(
    LocalHost => $ARGV[0], LocalPort => $ARGV[1], Type => SOCK_STREAM,
    Listen => 32, ReuseAddr => 1,
) or die "server: $@";

while (1) {
    my $c = $s->accept or next;    # accept bisa terputus oleh SIGCHLD
    my $pid = fork;
    if (!defined $pid) { warn "fork: $!"; close $c; next }
    if ($pid == 0) {
        close $s;
        echo($c);
        exit 0;
    }
    close $c;
}

sub echo {
    my $c = shift;
    while (sysread $c, my $buf, 8192) {
        my $off = 0;
        while ($off < length $buf) {
            my $n = syswrite $c, $buf, length($buf) - $off, $off;
            return unless defined $n;
            $off += $n;
        }
    }
}
