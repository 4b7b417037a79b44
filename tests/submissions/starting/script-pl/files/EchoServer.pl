use strict;
use Socket;

my ($host, $port) = @ARGV;
socket(my $s, PF_INET, SOCK_STREAM, getprotobyname('tcp')) or die "socket: $!";
setsockopt($s, SOL_SOCKET, SO_REUSEADDR, pack('l', 1)) or die "setsockopt: $!";
bind($s, sockaddr_in($port, inet_aton($host))) or die "bind: $!";
listen($s, SOMAXCONN) or die "listen: $!";
$SIG{PIPE} = 'IGNORE';
while (1) {
    accept(my $c, $s) or next;
    my ($pesan, $huruf) = ('', '');
    while (sysread($c, $huruf, 1)) {
        $pesan .= $huruf;
        last if $huruf eq '.';
    }
    while ($huruf eq '.' && length $pesan) {
        my $n = syswrite($c, $pesan) or last;
        substr($pesan, 0, $n) = '';
    }
    close $c;
}
