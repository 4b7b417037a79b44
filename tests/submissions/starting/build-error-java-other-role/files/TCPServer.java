import java.io.*;
import java.net.*;

class TCPServer
{
    public static void main(String argv[]) throws Exception
    {
        ServerSocket welcomeSocket = new ServerSocket(Integer.parseInt(argv[1]));
        while (true) {
            Socket connectionSocket = welcomeSocket.accept();
            try {
                InputStream inFromClient = new BufferedInputStream(connectionSocket.getInputStream());
                ByteArrayOutputStream kalimat = new ByteArrayOutputStream();
                int c;
                while ((c = inFromClient.read()) != -1) {
                    kalimat.write(c);
                    if (c == '.') {
                        kalimat.writeTo(connectionSocket.getOutputStream());
                        break;
                    }
                }
            } catch (IOException e) {
                System.out.println(e);
            }
            connectionSocket.close();
        }
    }
}
