use strict;
use Socket;
use IO::Handle;

my ($host, $port, $pesan) = @ARGV;
socket(my $s, PF_INET, SOCK_STREAM, 6) or die "socket: $!";
connect($s, sockaddr_in($port, inet_aton($host))) or die "connect: $!\n";
$s->autoflush(1);
print $s $pesan;
my $jawab = '';
while ($jawab !~ /\./) {
    my $n = sysread($s, $jawab, 256, length $jawab);
    die "recv: $!\n" unless defined $n;
    die "server menutup koneksi\n" unless $n;
}
print "$jawab\n";
