#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

my ($host, $port) = @ARGV;
$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(
    LocalAddr => $host,
    LocalPort => $port,
    Proto     => 'tcp',
    Listen    => 5,
    ReuseAddr => 1,
) or die "tidak bisa listen: $!\n";

$/ = '.';    # pemisah baris = titik
while (1) {
    my $client = $server->accept or next;
    binmode $client;
    my $pesan = <$client>;
    print $client $pesan if defined $pesan && $pesan =~ /\.\z/;
    close $client;
}
