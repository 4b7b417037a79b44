# One that was refused a call and then ended is told so.
# attack: status=failed codes=forbidden rungs=full,landlock refused=socket(AF_PACKET)
import socket

import attack

attack.say("TRIED")
socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
