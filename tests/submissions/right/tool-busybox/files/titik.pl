#!/usr/bin/perl
# salin stdin ke stdout sampai titik pertama
$| = 1;
my ($semua, $potong) = ('', '');
while (sysread STDIN, $potong, 4096) {
    $semua .= $potong;
    if ((my $i = index $semua, '.') >= 0) {
        print substr $semua, 0, $i + 1;
        exit;
    }
}
