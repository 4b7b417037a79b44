import socket


def hubungi(host, port):
    return socket.create_connection((host, port))
