package kasir.interop;

import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.JSONObject;
import com.sun.net.httpserver.HttpExchange;

/** A notification as it arrived. */
record Webhook(String method, String uri, String clientId, String requestTime, String signature, String body) {

    static Webhook of(HttpExchange exchange, String body) {
        return new Webhook(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("client-id"),
                exchange.getRequestHeaders().getFirst("request-time"),
                exchange.getRequestHeaders().getFirst("signature"),
                body);
    }

    JSONObject json() {
        return JSON.parseObject(body);
    }
}
