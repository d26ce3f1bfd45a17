package kasir.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A merchant's endpoint: keeps what arrives, and acknowledges it. */
final class Receiver implements AutoCloseable {
    private static final byte[] ACKNOWLEDGEMENT =
            "{\"result\":{\"resultCode\":\"SUCCESS\",\"resultStatus\":\"S\",\"resultMessage\":\"success\"}}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final long PATIENCE_MS = 20_000;

    private final HttpServer server;
    private final List<Webhook> heard = new CopyOnWriteArrayList<>();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/webhooks/antom", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/antom";
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, ACKNOWLEDGEMENT.length);
        exchange.getResponseBody().write(ACKNOWLEDGEMENT);
        exchange.close();
        synchronized (heard) {
            heard.add(Webhook.of(exchange, body));
            heard.notifyAll();
        }
    }

    /** Waits for the first notification of its kind. */
    Webhook await(String what, Predicate<Webhook> wanted) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        synchronized (heard) {
            while (true) {
                for (Webhook webhook : heard) if (wanted.test(webhook)) return webhook;
                long left = deadline - System.currentTimeMillis();
                if (left <= 0) throw new IllegalStateException("no notification of " + what + " came");
                heard.wait(left);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
