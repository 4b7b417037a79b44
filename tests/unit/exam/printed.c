/* SPDX-License-Identifier: MIT
 * Facts are found in the output of programs of many styles, and not where they are not. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exam/printed.h"

Test(printed, bytes_in_any_notation)
{
    static const struct {
        const char *name, *output;
        bool shown;
    } rows[] = {
        {"prefixed", "0x2b 0x67\n", true},
        {"pairs", "Big-endian: 2B 67\n", true},
        {"joined", "0x2b67", true},
        {"joined without prefix", "2b67\n", true},
        {"a list", "['0x2b', '0x67']", true},
        {"Node", "<Buffer 2b 67>", true},
        {"Python", "b'+g'\n", true},
        {"escapes", "\\x2b\\x67", true},
        {"escapes without digits", "b'\\xzb\\x6z'", false},
        {"one byte a line", "0x2b\n0x67\n", true},
        {"the other order", "0x67 0x2b\n", false},
        {"decimal", "[43, 103]", false},
        {"part of a longer number", "0x2b678", false},
        {"a byte too many between", "0x2b 0x00 0x67", false},
        {"nothing", "", false},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        const uint8_t bytes[] = {0x2b, 0x67};
        size_t from = 0;
        bool shown =
            sg_printed_shows(sg_slice_text(rows[i].output), (struct sg_slice){bytes, 2}, &from);
        cr_expect_eq(shown, rows[i].shown, "%s", rows[i].name);
    }
}

Test(printed, a_byte_without_its_zero_needs_a_prefix)
{
    const struct sg_slice bytes = {(const uint8_t[]){0x00, 0x01}, 2};
    size_t from = 0;
    cr_expect(sg_printed_shows(sg_slice_text("0x0 0x1"), bytes, &from));
    from = 0;
    cr_expect_not(sg_printed_shows(sg_slice_text("0 1"), bytes, &from));
}

Test(printed, numbers_that_stand_alone)
{
    static const struct {
        const char *text;
        int64_t numbers[4];
        size_t count;
    } rows[] = {
        {"0 1 2", {0, 1, 2}, 3},
        {"stdin=0, stdout=1.", {0, 1}, 2},
        {"ipv4 10.0.0.22:80 tcp6 3ms", {80}, 1},
        {"in 0.52 s, -1", {-1}, 1},
        {"22/tcp", {22}, 1},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        size_t from = 0, at, count = 0;
        int64_t number;
        while (sg_printed_number(sg_slice_text(rows[i].text), &from, &at, &number)) {
            cr_assert_lt(count, rows[i].count, "%s", rows[i].text);
            cr_expect_eq(number, rows[i].numbers[count], "%s: %d", rows[i].text, (int)number);
            count++;
        }
        cr_expect_eq(count, rows[i].count, "%s", rows[i].text);
    }
}

/* The ports that are named, in rising order: "25 80 ". */
static void read_ports(const char *output, const uint16_t *open, size_t count, char *ret,
                       size_t room)
{
    bool *listening = sg_alloc(65536 * sizeof *listening), *named = sg_alloc(65536 * sizeof *named);
    memset(listening, 0, 65536 * sizeof *listening);
    memset(named, 0, 65536 * sizeof *named);
    for (size_t i = 0; i < count; i++)
        listening[open[i]] = true;
    struct sg_printed_ports ports = {.named = named};
    sg_printed_ports(sg_slice_text(output), (struct sg_range){20, 1024}, listening, &ports);
    ret[0] = 0;
    for (int port = 0; port < 65536; port++) {
        size_t used = strlen(ret);
        if (named[port])
            (void)snprintf(ret + used, room - used, "%d ", port);
    }
    free(listening);
    free(named);
}

Test(printed, ports_in_lines_of_any_style)
{
    static const struct {
        const char *name, *output, *ports;
    } rows[] = {
        {"the lecture's", "port 25: OPEN\nport 80: OPEN\n", "25 80 "},
        {"numbers alone", "25\n80\n", "25 80 "},
        {"like nmap", "25/tcp open smtp\n80/tcp open http\n", "25 80 "},
        {"with the host", "127.0.0.1:25 is open\n127.0.0.1:80 is open\n", "25 80 "},
        {"banner and summary",
         "Scanning 127.0.0.1 from 20 to 1024\n[+] 25\n[+] 80\nscanned 1005 ports\n", "25 80 "},
        {"a last remark", "Port 25\nPort 80\nTotal: 1005\n", "25 80 "},
        {"closed ones too", "port 25 open\nport 26 closed\nport 80 open\n", "25 26 80 "},
        {"one closed in the same words", "port 25: OPEN\nport 80: OPEN\nport 81: OPEN\n",
         "25 80 81 "},
        {"beyond the range, open", "port 25: OPEN\nport 2000: OPEN\n", "25 2000 "},
        {"carriage returns", "port 25: OPEN\r\nport 80: OPEN\r\n", "25 80 "},
        {"none", "nothing is open\n", ""},
        {"with the time", "15:09:51 25 open\n[15:09:52.123] port 80\n", "25 80 "},
        {"none of so many", "15:09:51 0 of 1005\n", ""},
        {"the port of that number", "port 1005: OPEN\n", "1005 "},
    };
    static const uint16_t open[] = {25, 80, 2000};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        char found[256];
        read_ports(rows[i].output, open, SG_COUNT(open), found, sizeof found);
        cr_expect_str_eq(found, rows[i].ports, "%s", rows[i].name);
    }
}

static const char reference[] = "Family : AF_INET6\nType : SOCK_STREAM\nProtocol : IPPROTO_TCP\n"
                                "Canonical name: a.example\nSocket address: ('2001:db8::1', 80)\n\n"
                                "Family : AF_INET\nType : SOCK_STREAM\nProtocol : IPPROTO_TCP\n"
                                "Canonical name: \nSocket address: ('10.0.0.1', 80)\n\n"
                                "Family : AF_INET\nType : SOCK_DGRAM\nProtocol : IPPROTO_UDP\n"
                                "Canonical name: \nSocket address: ('10.0.0.1', 80)\n\n";

Test(printed, results_in_lines_of_any_style)
{
    static const struct {
        const char *name, *output;
        bool right;
        size_t wrong;
        const char *part;
    } rows[] = {
        {"its own", reference, true, 0, NULL},
        {"a line each, streams alone",
         "a.example\nIPv6 stream tcp 2001:db8::1 port 80\nIPv4 stream tcp 10.0.0.1 port 80\n", true,
         0, NULL},
        {"tuples of Python",
         "(<AddressFamily.AF_INET6: 10>, <SocketKind.SOCK_STREAM: 1>, 6, 'a.example', "
         "('2001:db8::1', 80, 0, 0))\n"
         "(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_STREAM: 1>, 6, '', ('10.0.0.1', 80))\n"
         "(<AddressFamily.AF_INET: 2>, <SocketKind.SOCK_DGRAM: 2>, 17, '', ('10.0.0.1', 80))\n",
         true, 0, NULL},
        {"numbers, address first",
         "address=[2001:db8::1]:80 family=10 type=1 protocol=6 canonical=a.example\n"
         "address=10.0.0.1:80 family=2 type=1 protocol=6 canonical=-\n",
         true, 0, NULL},
        {"no canonical name", "IPv6 stream tcp 2001:db8::1 80\nIPv4 stream tcp 10.0.0.1 80\n",
         false, 1, "canonical name"},
        {"another port",
         "a.example\nIPv6 stream tcp 2001:db8::1 8080\nIPv4 stream tcp 10.0.0.1 80\n", false, 1,
         "port"},
        {"another type", "a.example\nIPv6 stream tcp 2001:db8::1 80\nIPv4 dgram tcp 10.0.0.1 80\n",
         false, 2, "type"},
        {"the first alone", "a.example IPv6 stream tcp 2001:db8::1 80\n", false, 0, NULL},
        {"nothing", "", false, 0, NULL},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_printed_evidence printed = {0};
        bool right =
            sg_printed_results(sg_slice_text(rows[i].output), sg_slice_text(reference), &printed);
        cr_expect_eq(right, rows[i].right, "%s", rows[i].name);
        if (right)
            continue;
        cr_expect_eq(printed.wrong, rows[i].wrong, "%s: result %zu", rows[i].name, printed.wrong);
        if (rows[i].part)
            cr_expect_str_eq(printed.part, rows[i].part, "%s", rows[i].name);
    }
}
