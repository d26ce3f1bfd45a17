package kasir.interop;

import static kasir.interop.Wishes.amount;

import com.alipay.global.api.AlipayClient;
import com.alipay.global.api.DefaultAlipayClient;
import com.alipay.global.api.model.Result;
import com.alipay.global.api.model.ams.TransactionStatusType;
import com.alipay.global.api.request.AlipayRequest;
import com.alipay.global.api.response.AlipayResponse;
import com.alipay.global.api.response.ams.pay.AlipayInquiryRefundResponse;
import com.alipay.global.api.response.ams.pay.AlipayPayCancelResponse;
import com.alipay.global.api.response.ams.pay.AlipayPayConsultResponse;
import com.alipay.global.api.response.ams.pay.AlipayPayQueryResponse;
import com.alipay.global.api.response.ams.pay.AlipayPaymentSessionResponse;
import com.alipay.global.api.response.ams.pay.AlipayRefundResponse;

/** The six calls, made by Antom's own SDK. */
final class CallChecks {
    private final Settings settings;
    private final Wishes wishes;
    private final Control shopper;
    private final AlipayClient antom;

    CallChecks(Settings settings, Wishes wishes, Control shopper) {
        this.settings = settings;
        this.wishes = wishes;
        this.shopper = shopper;
        this.antom = client(settings.merchantPrivateKey(), settings.antomPublicKey());
    }

    private AlipayClient client(String privateKey, String publicKey) {
        return new DefaultAlipayClient(settings.antomUrl(), privateKey, publicKey, settings.clientId());
    }

    void run() throws Exception {
        createPaymentSession();
        inquiryPayment();
        cancel();
        refund();
        inquiryRefund();
        consult();
        signatures();
    }

    private void createPaymentSession() throws Exception {
        Checks checks = new Checks("createPaymentSession");
        String[][] modes = {
            {"bankName", "Siam Commerical Bank"}, {"paymentMethodCategory", "BANK_TRANSFER"}, {"paymentMethodRegion", "TH"},
        };
        for (String[] mode : modes) {
            AlipayPaymentSessionResponse response =
                    antom.execute(wishes.session("JAVA_" + mode[0], amount("THB", "16000"), mode[0], mode[1]));
            checks.equal("S for " + mode[0], "S SUCCESS", said(response));
            checks.that("session data for " + mode[0], !blank(response.getPaymentSessionData()), "there is none");
        }
        String first = session("JAVA_repeat", "16000");
        checks.equal("the same session for the same request", first, session("JAVA_repeat", "16000"));
        AlipayPaymentSessionResponse other =
                antom.execute(wishes.session("JAVA_repeat", amount("THB", "16100"), "paymentMethodRegion", "TH"));
        checks.equal("no other request under the same id", "F REPEAT_REQ_INCONSISTENT", said(other));
        AlipayPaymentSessionResponse wrong =
                antom.execute(wishes.session("JAVA_wrong", amount("THB", "1.60"), "paymentMethodRegion", "TH"));
        checks.equal("no decimal amount", "F PARAM_ILLEGAL", said(wrong));
    }

    private void inquiryPayment() throws Exception {
        Checks checks = new Checks("inquiryPayment");
        session("JAVA_inquiry", "16000");
        checks.equal("nothing before the shopper confirms", "F ORDER_NOT_EXIST", said(inquire("JAVA_inquiry")));
        shopper.confirm("JAVA_inquiry");
        AlipayPayQueryResponse waiting = inquire("JAVA_inquiry");
        checks.equal("S while the shopper pays", "S SUCCESS", said(waiting));
        checks.equal("PROCESSING while the shopper pays", TransactionStatusType.PROCESSING, waiting.getPaymentStatus());
        shopper.pay("JAVA_inquiry");
        AlipayPayQueryResponse paid = inquire("JAVA_inquiry");
        checks.equal("SUCCESS when it is paid", TransactionStatusType.SUCCESS, paid.getPaymentStatus());
        checks.equal("the payment's request", "JAVA_inquiry", paid.getPaymentRequestId());
        checks.that("the payment's id", !blank(paid.getPaymentId()), "there is none");
        checks.equal("the amount", "16000 THB", paid.getPaymentAmount().getValue() + " " + paid.getPaymentAmount().getCurrency());
        checks.that("the time", !blank(paid.getPaymentTime()), "there is none");
    }

    private void cancel() throws Exception {
        Checks checks = new Checks("cancel");
        checks.equal("nothing that is not there", "F ORDER_NOT_EXIST", said(antom.execute(Wishes.cancel("JAVA_nowhere"))));
        session("JAVA_cancel", "16000");
        shopper.confirm("JAVA_cancel");
        AlipayPayCancelResponse cancelled = antom.execute(Wishes.cancel("JAVA_cancel"));
        checks.equal("S before the money came", "S SUCCESS", said(cancelled));
        checks.equal("the payment's request", "JAVA_cancel", cancelled.getPaymentRequestId());
        checks.that("the time", !blank(cancelled.getCancelTime()), "there is none");
        checks.equal("CANCELLED afterwards", TransactionStatusType.CANCELLED, inquire("JAVA_cancel").getPaymentStatus());
        checks.equal("S again", "S SUCCESS", said(antom.execute(Wishes.cancel("JAVA_cancel"))));
        checks.that("no Thai bank once it is paid", "F".equals(status(antom.execute(Wishes.cancel("JAVA_inquiry")))), "was S or U");
    }

    private void refund() throws Exception {
        Checks checks = new Checks("refund");
        String thai = inquire("JAVA_inquiry").getPaymentId();
        AlipayRefundResponse refused = antom.execute(wishes.refund("JAVA-R-thai", thai, amount("THB", "16000")));
        checks.equal("no Thai bank", "F", status(refused));
        String paymentId = paid("JAVA_refund", "PHP", "BPI");
        AlipayRefundResponse part = antom.execute(wishes.refund("JAVA-R-1", paymentId, amount("PHP", "600")));
        checks.equal("S for a part, where the bank can", "S SUCCESS", said(part));
        checks.that("the refund's id", !blank(part.getRefundId()), "there is none");
        checks.equal("the refund's request", "JAVA-R-1", part.getRefundRequestId());
        checks.equal("the payment", paymentId, part.getPaymentId());
        checks.equal("the amount", "600", part.getRefundAmount().getValue());
        AlipayRefundResponse again = antom.execute(wishes.refund("JAVA-R-1", paymentId, amount("PHP", "600")));
        checks.equal("the same refund again", part.getRefundId(), again.getRefundId());
        AlipayRefundResponse other = antom.execute(wishes.refund("JAVA-R-1", paymentId, amount("PHP", "700")));
        checks.equal("no other amount under the same id", "F REPEAT_REQ_INCONSISTENT", said(other));
        AlipayRefundResponse more = antom.execute(wishes.refund("JAVA-R-2", paymentId, amount("PHP", "15500")));
        checks.equal("no more than was paid", "F REFUND_AMOUNT_EXCEED", said(more));
        String slow = paid("JAVA_slow", "MYR", "FPX");
        AlipayRefundResponse later = antom.execute(wishes.refund("JAVA-R-slow", slow, amount("MYR", "16000")));
        checks.equal("U where the bank takes its time", "U", status(later));
    }

    private void inquiryRefund() throws Exception {
        Checks checks = new Checks("inquiryRefund");
        AlipayInquiryRefundResponse refunded = (AlipayInquiryRefundResponse) execute(Wishes.inquiryRefund("JAVA-R-1"));
        checks.equal("S for a refund", "S SUCCESS", said(refunded));
        checks.equal("SUCCESS when it is refunded", TransactionStatusType.SUCCESS, refunded.getRefundStatus());
        checks.equal("the amount", "600", refunded.getRefundAmount().getValue());
        checks.that("the time", !blank(refunded.getRefundTime()), "there is none");
        checks.equal("nothing that is not there", "F", status(execute(Wishes.inquiryRefund("JAVA-R-nowhere"))));
    }

    private void consult() throws Exception {
        Checks checks = new Checks("consult");
        AlipayPayConsultResponse response = antom.execute(Wishes.consult(amount("THB", "16000"), "TH"));
        checks.equal("S", "S SUCCESS", said(response));
        checks.that(
                "banks",
                response.getPaymentOptions().stream().anyMatch(o -> "BANKAPP_BANGKOKBANK".equals(o.getPaymentMethodType()) && o.isEnabled()),
                "there is no BANKAPP_BANGKOKBANK");
    }

    private void signatures() {
        Checks checks = new Checks("signatures");
        AlipayClient misled = client(settings.merchantPrivateKey(), settings.strangerPublicKey());
        checks.refuses("the SDK refuses an answer of another key", "verify fail", () -> misled.execute(Wishes.inquiry("JAVA_inquiry")));
        AlipayClient stranger = client(settings.strangerPrivateKey(), settings.antomPublicKey());
        try {
            checks.equal("a stranger is refused", "F SIGNATURE_INVALID", said(stranger.execute(Wishes.inquiry("JAVA_inquiry"))));
        } catch (Exception error) {
            checks.that("a stranger is refused", false, String.valueOf(error));
        }
    }

    private String session(String id, String value) throws Exception {
        return antom.execute(wishes.session(id, amount("THB", value), "paymentMethodRegion", "TH")).getPaymentSessionData();
    }

    private String paid(String id, String currency, String bank) throws Exception {
        AlipayPaymentSessionResponse response = antom.execute(wishes.session(id, amount(currency, "16000"), "bankName", bank));
        if (!"S".equals(status(response))) throw new IllegalStateException(id + ": " + said(response));
        shopper.pay(id);
        return inquire(id).getPaymentId();
    }

    private AlipayPayQueryResponse inquire(String id) throws Exception {
        return antom.execute(Wishes.inquiry(id));
    }

    /** Some versions of the SDK leave this request's answer untyped. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private AlipayResponse execute(AlipayRequest request) throws Exception {
        return antom.execute(request);
    }

    private static String said(AlipayResponse response) {
        Result result = response.getResult();
        return result.getResultStatus() + " " + result.getResultCode();
    }

    private static String status(AlipayResponse response) {
        return String.valueOf(response.getResult().getResultStatus());
    }

    private static boolean blank(String text) {
        return text == null || text.isEmpty();
    }
}
