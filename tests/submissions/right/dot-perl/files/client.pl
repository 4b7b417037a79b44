use strict;
use warnings;
use IO::Socket::INET;

my ($host, $port, $pesan) = @ARGV;
my $s = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Proto => 'tcp')
    or die "tidak bisa terhubung: $!\n";
$s->autoflush(1);
print $s $pesan;
local $/ = '.';
my $jawab = <$s>;
die "jawaban tidak lengkap\n" unless defined $jawab && substr($jawab, -1) eq '.';
print "Jawaban: $jawab\n";
