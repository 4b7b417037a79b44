import java.io.* broken;
import java.net.*;

class TCPClient
{
    public static void main(String argv[]) throws Exception
    {
        Socket clientSocket = new Socket(argv[0], Integer.parseInt(argv[1]));
        clientSocket.getOutputStream().write(argv[2].getBytes("UTF-8"));
        DataInputStream inFromServer = new DataInputStream(clientSocket.getInputStream());
        ByteArrayOutputStream jawab = new ByteArrayOutputStream();
        byte b = 0;
        while (b != '.') {
            b = inFromServer.readByte();
            jawab.write(b);
        }
        System.out.println("FROM SERVER: " + jawab.toString("UTF-8"));
        clientSocket.close();
    }
}
