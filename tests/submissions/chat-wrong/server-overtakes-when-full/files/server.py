"""Tries to send a line at once and keeps what does not fit; a member whose rest waits gets new lines all the same."""
import select
import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=100)
members, lines, waiting = {}, {}, {}
poll = select.poll()
poll.register(listener, select.POLLIN)


def leave(number):
    poll.unregister(number)
    members.pop(number).close()


def flush(number):
    try:
        del waiting[number][:members[number].send(waiting[number][:65536])]
    except BlockingIOError:
        pass
    poll.modify(number, select.POLLIN | (select.POLLOUT if waiting[number] else 0))


def say(number, text):
    try:
        sent = members[number].send(text)
    except BlockingIOError:
        sent = 0
    waiting[number] += text[sent:]
    if waiting[number]:
        poll.modify(number, select.POLLIN | select.POLLOUT)


def hear(number):
    data = members[number].recv(65536)
    if not data:
        raise ConnectionError
    whole, end, lines[number] = (lines[number] + data).rpartition(b"\n")
    for other in list(members):
        if end and other != number:
            try:
                say(other, whole + end)
            except ConnectionError:
                leave(other)


while True:
    for number, events in poll.poll():
        if number == listener.fileno():
            member = listener.accept()[0]
            member.setblocking(False)
            number = member.fileno()
            members[number], lines[number], waiting[number] = member, b"", bytearray()
            poll.register(member, select.POLLIN)
            continue
        try:
            if number in members and events & ~select.POLLOUT:
                hear(number)
            if number in members and events & select.POLLOUT:
                flush(number)
        except BlockingIOError:
            pass
        except ConnectionError:
            leave(number)
