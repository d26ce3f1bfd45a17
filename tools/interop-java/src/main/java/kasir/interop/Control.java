package kasir.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Stands in for the shopper: what the bank's page would do. */
final class Control {
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    Control(String url) {
        this.url = url;
    }

    void confirm(String paymentRequestId) throws Exception {
        post("/_sim/sessions/" + paymentRequestId + "/submit");
    }

    void pay(String paymentRequestId) throws Exception {
        post("/_sim/sessions/" + paymentRequestId + "/pay");
    }

    void refuse(String paymentRequestId) throws Exception {
        post("/_sim/sessions/" + paymentRequestId + "/refuse");
    }

    private void post(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) throw new IllegalStateException(path + ": " + response.statusCode() + " " + response.body());
    }
}
