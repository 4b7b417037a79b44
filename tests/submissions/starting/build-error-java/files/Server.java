import java.net.*;

public class Server {
    public static void main(String[] args) {
        ServerSocket s = new ServerSocket(Integer.parseInt(args[1]));
        while (true)
            s.accept().close();
    }
}
