use strict;
use warnings;
use IO::Socket::IP;

my ($host, $port, $pesan) = @ARGV;
my $s = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Type => SOCK_STREAM)
    or die "connect: $@\n";
my $len = length $pesan;
for (my $off = 0; $off < $len;) {
    my $n = syswrite $s, $pesan, $len - $off, $off;
    defined $n or die "send: $!\n";
    $off += $n;
}
my $balas = '';
while (length $balas < $len) {
    my $n = sysread $s, $balas, $len - length $balas, length $balas;
    defined $n or die "recv: $!\n";
    $n or die "server berhenti di tengah jalan\n";
}
print $balas, "\n";
