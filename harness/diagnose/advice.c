/* SPDX-License-Identifier: MIT
 * The advice, a row per diagnosis. */
#include "diagnose/advice.h"

#include "base/language.h"

static const char *const advice[SG_CODE_END] = {
    [SG_CODE_NONE] = "",
    [SG_CODE_BUILD_FAILED] =
        N_("Run the build command in a fresh copy of what you hand in, and mend the "
           "first error that it shows."),
    [SG_CODE_NO_SUCH_PROGRAM] =
        N_("Name the program 'server' or 'client', or say in submission.yaml how "
           "it is started."),
    [SG_CODE_EXITED_EARLY] = N_("Start it by hand with the same arguments and read what it says."),
    [SG_CODE_NEVER_LISTENED] =
        N_("Check what socket(), bind() and listen() return, and call listen() "
           "before accept()."),
    [SG_CODE_WRONG_PORT] = N_("Use the port from the arguments, in bind() or connect()."),
    [SG_CODE_IGNORES_ARGUMENTS] =
        N_("Take host, port and message from the arguments instead of writing "
           "them into the source."),
    [SG_CODE_PORT_BYTE_ORDER] =
        N_("Pass the port through htons() before you store it in sin_port."),
    [SG_CODE_CRASHED] =
        N_("Build with -g -fsanitize=address and run the same conversation: it names the "
           "line."),
    [SG_CODE_MEMORY_ERROR] = N_(
        "Run it by hand with the same message: the sanitizer's first lines name the line and the "
        "variable."),
    [SG_CODE_NEVER_EXITS] = N_("Leave the loop and return from main() when the work is done."),
    [SG_CODE_UNCAUGHT_EXCEPTION] =
        N_("Catch the error where it happens and go on with the next client."),
    [SG_CODE_TIMED_OUT] = N_("Look at the last line of the ladder: that is where it waits."),
    [SG_CODE_NO_PACKET_SOCKET] = N_("Make a socket of AF_PACKET for all protocols: "
                                    "socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL))."),
    [SG_CODE_SINGLE_RECV] =
        N_("One recv() returns what has arrived, not what was sent. Call it again and "
           "append, until the message is whole."),
    [SG_CODE_SHORT_SEND_IGNORED] =
        N_("send() may take only a part and says how much. Send the rest in a "
           "loop (sendall() in Python)."),
    [SG_CODE_SEND_REPEATED] =
        N_("After a short send go on behind the bytes that were taken, not at the "
           "beginning."),
    [SG_CODE_EINTR_FATAL] = N_("When a call returns EINTR nothing is lost: make it again."),
    [SG_CODE_FRAMES_MERGED] =
        N_("Look for the end mark in what you received; what is behind it belongs "
           "to no message, or to the next."),
    [SG_CODE_DELIMITER_SPLIT] =
        N_("Look for the end mark in everything received so far, not only in "
           "the last recv()."),
    [SG_CODE_TEXT_ONLY] = N_("Bytes are not text: do not decode, strip or print them through text "
                             "functions on their way."),
    [SG_CODE_STOPS_AT_NUL] =
        N_("recv() tells how many bytes there are; strlen(), strchr() and %s stop at "
           "the first zero byte."),
    [SG_CODE_BUFFER_LIMIT] =
        N_("A message may be longer than your buffer: go on reading and sending in "
           "a loop, or let the buffer grow."),
    [SG_CODE_STALE_BUFFER] =
        N_("Send as many bytes as this message has, not as many as the buffer holds."),
    [SG_CODE_EXTRA_BYTES] =
        N_("Send exactly the bytes of the message: no strlen() + 1, no sizeof buffer, "
           "no newline."),
    [SG_CODE_MISSING_END_MARK] = N_("The end mark belongs to the message: send it back too."),
    [SG_CODE_WRONG_BYTE_ORDER] = N_("Use htonl() and ntohl() for numbers that go over the wire."),
    [SG_CODE_WRONG_LENGTH] = N_("The length counts the bytes that follow it."),
    [SG_CODE_WRONG_DATA] = N_("Compare the two lines above byte by byte."),
    [SG_CODE_ANSWERS_TOO_EARLY] =
        N_("Answer when the message is whole, not when a part of it has come."),
    [SG_CODE_WAITS_FOR_MORE] =
        N_("Check after each recv() whether the message is whole, and answer then."),
    [SG_CODE_GREETS_LATE] = N_("Send the greeting right after accept(), before any recv()."),
    [SG_CODE_WAITS_FOR_END] =
        N_("Answer as soon as the message is whole; the client keeps its stream "
           "open."),
    [SG_CODE_NEVER_CLOSES] =
        N_("Close the connection when the conversation is over, in every process "
           "that holds it."),
    [SG_CODE_CLOSES_TOO_EARLY] = N_("Close only when everything has been read and answered."),
    [SG_CODE_RESET_NOT_CLOSED] =
        N_("Closing with unread bytes in the socket resets the connection and "
           "may lose your answer: read to the end first."),
    [SG_CODE_ESCAPE_IGNORED] =
        N_("Go through the line byte by byte: behind a backslash the next byte is meant as it "
           "stands."),
    [SG_CODE_COUNTS_CHARACTERS] = N_("Count the bytes: a character may have up to four of them."),
    [SG_CODE_ACCEPTS_BAD_MESSAGE] =
        N_("Check that the message is one of the protocol before you answer it."),
    [SG_CODE_DROPS_TAIL] =
        N_("recv() returning 0 ends the client's stream, not yours: send what is left, "
           "then close."),
    [SG_CODE_SERVES_ONCE] = N_("Put accept() into a loop that goes on after each client."),
    [SG_CODE_BLOCKED_BY_CLIENT] =
        N_("Handle several connections at once: a thread or process each, or "
           "poll()."),
    [SG_CODE_KILLED_BY_SIGPIPE] =
        N_("Ignore SIGPIPE (signal(SIGPIPE, SIG_IGN)) or send with MSG_NOSIGNAL, "
           "and check what send() returns."),
    [SG_CODE_DIES_ON_RESET] =
        N_("An error on one connection ends that connection: close it and accept "
           "the next."),
    [SG_CODE_DIES_ON_EARLY_END] =
        N_("recv() returning 0 means that this client has gone: close and accept "
           "the next."),
    [SG_CODE_DIES_ON_BAD_MESSAGE] =
        N_("Check a message before you use it; close on a bad one and accept "
           "the next."),
    [SG_CODE_SPINS_AT_END] = N_("When recv() returns 0 leave the loop: it will return 0 for ever."),
    [SG_CODE_SPINS] = N_("Wait in recv(), accept() or poll(), and not in a loop of your own."),
    [SG_CODE_MISSES_LISTENERS] = N_(
        "Keep a list of all clients that are connected: add each when it is accepted, take it out "
        "when it has gone, and send a line to all of them but its sender."),
    [SG_CODE_MIXES_LINES] =
        N_("Keep what each client has sent in a buffer of its own until the line ends, and send "
           "whole lines; with threads, let one at a time send to a client."),
    [SG_CODE_RETURNS_OWN_LINES] =
        N_("Leave out the client that the line came from when you go through the others."),
    [SG_CODE_STALE_SOCKET] = N_("Remove the socket file (unlink) before bind(), in every run: it "
                                "outlives the program that made it."),
    [SG_CODE_ADDRESS_IN_USE] = N_("Set SO_REUSEADDR on the listening socket before bind()."),
    [SG_CODE_LEAKS_DESCRIPTORS] =
        N_("close() every connection that accept() gave you, in the parent too."),
    [SG_CODE_LEAKS_PROCESSES] =
        N_("waitpid() for every child that ends (in a loop, in a SIGCHLD handler)."),
    [SG_CODE_LEAKS_MEMORY] = N_("free() what you allocated for a connection when it is over."),
    [SG_CODE_MIXES_CLIENTS] =
        N_("Keep each connection's buffer apart: no global, no shared variable."),
    [SG_CODE_STOPS_ACCEPTING] = N_("Go back to accept() whatever the other clients do."),
    [SG_CODE_CARRIES_OVER] = N_("Start each conversation with an empty buffer and fresh state."),
    [SG_CODE_TRUNCATES_DATAGRAM] =
        N_("Receive into 65,535 bytes: what does not fit is thrown away."),
    [SG_CODE_WRONG_DESTINATION] =
        N_("Answer to the address that recvfrom() gave you for this datagram."),
    [SG_CODE_WRONG_SOURCE] = N_("Answer with the socket that the datagram came in on."),
    [SG_CODE_ACCEPTS_STRANGER] =
        N_("connect() the socket: then the kernel drops what others send."),
    [SG_CODE_EMPTY_DATAGRAM] = N_("A datagram may be empty: recvfrom() returning 0 is no end."),
    [SG_CODE_WAITS_FOREVER] =
        N_("Set a time limit (SO_RCVTIMEO, settimeout) and give up when it is over."),
    [SG_CODE_NO_RETRANSMISSION] = N_("Send again when no acknowledgement comes in time."),
    [SG_CODE_DUPLICATE_DELIVERED] = N_("Deliver each sequence number once; acknowledge it again."),
    [SG_CODE_OUT_OF_ORDER_DELIVERED] = N_("Deliver only the number that is due."),
    [SG_CODE_DUPLICATE_NOT_ACKNOWLEDGED] =
        N_("Acknowledge a datagram that comes again, too: its acknowledgement may have been lost."),
    [SG_CODE_TAKES_OLD_ACKNOWLEDGEMENT] =
        N_("Compare the acknowledgement's number with the one that is due, and pass over any "
           "other."),
    [SG_CODE_WRONG_NUMBER] =
        N_("Number the datagrams one after the other, and acknowledge each with its own number."),
    [SG_CODE_WRONG_CHECKSUM] = N_("Compute the checksum over the whole ICMP message with its own "
                                  "field set to 0, and store it "
                                  "as it comes out of a sum in network byte order."),
    [SG_CODE_SEQUENCE_REPEATED] = N_("Count the sequence number up by one with each request."),
    [SG_CODE_ACCEPTS_WRONG_REPLY] = N_(
        "Look at type, id, sequence number, checksum and sender of each packet that comes; what is "
        "not yours is passed over, and you go on waiting."),
    [SG_CODE_FIXED_HEADER_LENGTH] = N_(
        "The low four bits of the first byte of an IP packet say how long its header is, in units "
        "of four bytes. What it carries begins behind that."),
    [SG_CODE_NO_OUTPUT] = N_("Print it, on standard error where it is an error."),
    [SG_CODE_WRONG_OUTPUT] = N_("Print what the server sent, all of it, as it is."),
    [SG_CODE_WRONG_EXIT_STATUS] =
        N_("Exit with 0 when all went well, and with another status when not."),
    [SG_CODE_ACCEPTS_SHORT_ANSWER] =
        N_("Compare what came with what has to come: an end of stream before "
           "that is an error."),
    [SG_CODE_MESSAGE_NOT_SENT] =
        N_("Send all of the message, in a loop, before you wait for the answer."),
    [SG_CODE_NO_IPV6] = N_("Use getaddrinfo(), or AF_INET6, for an address like ::1."),
    [SG_CODE_HANGS_WITHOUT_SERVER] =
        N_("Check what connect() and recv() return, and exit with an error."),
    [SG_CODE_NEVER_CONNECTED] = N_("Call connect() with the host and the port from the arguments."),
    [SG_CODE_CONNECTS_TWICE] = N_("Use one connection for all of the conversation."),
    [SG_CODE_WRONG_STREAM] =
        N_("printf() writes to standard output; for standard error it is fprintf(stderr, ...), in "
           "Python file=sys.stderr."),
    [SG_CODE_MISSES_PORTS] =
        N_("Try every port from the first to the last of the range, both included, and print each "
           "on which connect() succeeds."),
    [SG_CODE_REPORTS_CLOSED_PORTS] =
        N_("Print a port only where connect() succeeded, and only one of the range."),
    [SG_CODE_MISSES_RESULTS] =
        N_("getaddrinfo() returns a list: follow ai_next to its end (in Python, loop over it)."),
    [SG_CODE_MISSES_REPLIES] =
        N_("Print one line for each reply that is yours, and go on waiting where one comes that is "
           "not, until the time is over."),
    [SG_CODE_MISSES_SEGMENTS] =
        N_("Print each TCP segment that comes, whoever it is for, and count no other packet."),
    [SG_CODE_REPORTS_OTHER_PACKETS] =
        N_("Look at the type of the frame (0x0800 is IPv4) and then at the protocol of the packet "
           "(6 is "
           "TCP) before you read ports; and end when as many segments as asked for were printed."),
    [SG_CODE_SHIFT_DIRECTION] = N_("'e' adds the shift, 'd' takes it away."),
    [SG_CODE_SHIFT_WRAP] = N_("Take the sum modulo 26, and add 26 first where it may be negative."),
    [SG_CODE_SHIFT_DIGITS] =
        N_("The shift has two decimal digits: ten times the first, plus the second."),
    [SG_CODE_TOUCHES_OTHER_BYTES] =
        N_("Shift the letters a to z only; every other byte stays as it is."),
    [SG_CODE_HEADER_RETURNED] =
        N_("The answer is the text alone: leave the first three bytes out."),
    [SG_CODE_FORBIDDEN] =
        N_("A submission may use its own folder and its own network, and nothing else."),
    [SG_CODE_TOO_MUCH] = N_("Find what grows without a bound."),
};

const char *sg_advice(enum sg_code code)
{
    return advice[code] && *advice[code] ? _(advice[code]) : "";
}
