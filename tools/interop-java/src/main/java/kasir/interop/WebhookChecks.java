package kasir.interop;

import static kasir.interop.Wishes.amount;

import com.alibaba.fastjson.JSON;
import com.alibaba.fastjson.serializer.SerializerFeature;
import com.alipay.global.api.AlipayClient;
import com.alipay.global.api.DefaultAlipayClient;
import com.alipay.global.api.tools.WebhookTool;
import java.util.LinkedHashMap;
import java.util.Map;

/** The notifications, verified by Antom's own tool: as they came, and tampered with. */
final class WebhookChecks {
    private final Settings settings;
    private final Wishes wishes;
    private final Control shopper;
    private final Receiver receiver;

    WebhookChecks(Settings settings, Wishes wishes, Control shopper, Receiver receiver) {
        this.settings = settings;
        this.wishes = wishes;
        this.shopper = shopper;
        this.receiver = receiver;
    }

    void run() throws Exception {
        AlipayClient antom =
                new DefaultAlipayClient(settings.antomUrl(), settings.merchantPrivateKey(), settings.antomPublicKey(), settings.clientId());
        antom.execute(wishes.session("JAVA_refused", amount("THB", "16000"), "paymentMethodRegion", "TH"));
        shopper.refuse("JAVA_refused");
        check("paid", payment("JAVA_inquiry", "S"));
        check("refused", payment("JAVA_refused", "F"));
        check("refunded", refund("JAVA-R-1"));
        check("refunded later", refund("JAVA-R-slow"));
    }

    private Webhook payment(String id, String status) throws InterruptedException {
        return receiver.await(id, webhook ->
                webhook.uri().endsWith("/payments")
                        && "PAYMENT_RESULT".equals(webhook.json().getString("notifyType"))
                        && id.equals(webhook.json().getString("paymentRequestId"))
                        && status.equals(webhook.json().getJSONObject("result").getString("resultStatus")));
    }

    private Webhook refund(String id) throws InterruptedException {
        return receiver.await(id, webhook ->
                webhook.uri().endsWith("/refunds")
                        && "REFUND_RESULT".equals(webhook.json().getString("notifyType"))
                        && "SUCCESS".equals(webhook.json().getString("refundStatus"))
                        && id.equals(webhook.json().getString("refundRequestId")));
    }

    private void check(String kind, Webhook webhook) {
        Checks checks = new Checks("webhook: " + kind);
        checks.equal("is for us", settings.clientId(), webhook.clientId());
        checks.that("is accepted", accepts(webhook, settings.antomPublicKey()), "WebhookTool refuses it");
        tampered(webhook).forEach((name, forged) ->
                checks.that("is rejected with " + name, !accepts(forged, settings.antomPublicKey()), "WebhookTool accepts it"));
        checks.that("is rejected by another key", !accepts(webhook, settings.strangerPublicKey()), "WebhookTool accepts it");
    }

    private static Map<String, Webhook> tampered(Webhook w) {
        String pretty = JSON.toJSONString(w.json(), SerializerFeature.PrettyFormat);
        Map<String, Webhook> forged = new LinkedHashMap<>();
        forged.put("another amount", with(w, w.uri(), w.clientId(), w.requestTime(), w.signature(), w.body().replaceFirst("\"value\":\"1?", "\"value\":\"9")));
        forged.put("its body printed anew", with(w, w.uri(), w.clientId(), w.requestTime(), w.signature(), pretty));
        forged.put("a line end more", with(w, w.uri(), w.clientId(), w.requestTime(), w.signature(), w.body() + "\n"));
        forged.put("another path", with(w, w.uri() + "/", w.clientId(), w.requestTime(), w.signature(), w.body()));
        forged.put("a query", with(w, w.uri() + "?a=b", w.clientId(), w.requestTime(), w.signature(), w.body()));
        forged.put("another client", with(w, w.uri(), w.clientId() + "X", w.requestTime(), w.signature(), w.body()));
        forged.put("another time", with(w, w.uri(), w.clientId(), w.requestTime().replace("20", "21"), w.signature(), w.body()));
        forged.put("another signature", with(w, w.uri(), w.clientId(), w.requestTime(), w.signature().replaceFirst("signature=.{6}", "signature=AAAAAA"), w.body()));
        forged.put("no signature", with(w, w.uri(), w.clientId(), w.requestTime(), w.signature().replaceFirst(",\\s*signature=.*", ""), w.body()));
        return forged;
    }

    private static Webhook with(Webhook w, String uri, String clientId, String time, String signature, String body) {
        return new Webhook(w.method(), uri, clientId, time, signature, body);
    }

    private static boolean accepts(Webhook w, String publicKey) {
        try {
            return WebhookTool.checkSignature(w.uri(), w.method(), w.clientId(), w.requestTime(), w.signature(), w.body(), publicKey);
        } catch (Exception error) {
            return false;
        }
    }
}
