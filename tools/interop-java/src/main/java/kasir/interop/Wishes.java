package kasir.interop;

import com.alipay.global.api.model.ams.Amount;
import com.alipay.global.api.model.ams.Env;
import com.alipay.global.api.model.ams.Order;
import com.alipay.global.api.model.ams.OsType;
import com.alipay.global.api.model.ams.PaymentMethod;
import com.alipay.global.api.model.ams.ProductCodeType;
import com.alipay.global.api.model.ams.SettlementStrategy;
import com.alipay.global.api.model.ams.TerminalType;
import com.alipay.global.api.request.ams.pay.AlipayInquiryRefundRequest;
import com.alipay.global.api.request.ams.pay.AlipayPayCancelRequest;
import com.alipay.global.api.request.ams.pay.AlipayPayConsultRequest;
import com.alipay.global.api.request.ams.pay.AlipayPayQueryRequest;
import com.alipay.global.api.request.ams.pay.AlipayPaymentSessionRequest;
import com.alipay.global.api.request.ams.pay.AlipayRefundRequest;
import java.util.Collections;
import java.util.List;

/** Requests as a merchant's Java programmer would write them. */
final class Wishes {
    private final String notifyUrl;

    Wishes(String notifyUrl) {
        this.notifyUrl = notifyUrl;
    }

    AlipayPaymentSessionRequest session(String id, Amount amount, String bankKey, String bankValue) {
        AlipayPaymentSessionRequest request = new AlipayPaymentSessionRequest();
        request.setProductCode(ProductCodeType.CASHIER_PAYMENT);
        request.setPaymentRequestId(id);
        request.setPaymentAmount(amount);
        request.setPaymentRedirectUrl("https://coffee.example/return");
        request.setPaymentNotifyUrl(notifyUrl + "/payments");
        request.setPaymentMethod(bank(bankKey, bankValue));
        request.setSettlementStrategy(usd());
        request.setEnv(app());
        Order order = new Order();
        order.setReferenceOrderId("ORDER_" + id);
        order.setOrderDescription("Cappuccino #grande (Mika's coffee shop) กาแฟ");
        order.setOrderAmount(amount);
        request.setOrder(order);
        return request;
    }

    static AlipayPayQueryRequest inquiry(String paymentRequestId) {
        AlipayPayQueryRequest request = new AlipayPayQueryRequest();
        request.setPaymentRequestId(paymentRequestId);
        return request;
    }

    static AlipayPayCancelRequest cancel(String paymentRequestId) {
        AlipayPayCancelRequest request = new AlipayPayCancelRequest();
        request.setPaymentRequestId(paymentRequestId);
        return request;
    }

    AlipayRefundRequest refund(String refundRequestId, String paymentId, Amount amount) {
        AlipayRefundRequest request = new AlipayRefundRequest();
        request.setRefundRequestId(refundRequestId);
        request.setPaymentId(paymentId);
        request.setRefundAmount(amount);
        request.setRefundReason("the cup was empty");
        request.setRefundNotifyUrl(notifyUrl + "/refunds");
        return request;
    }

    static AlipayInquiryRefundRequest inquiryRefund(String refundRequestId) {
        AlipayInquiryRefundRequest request = new AlipayInquiryRefundRequest();
        request.setRefundRequestId(refundRequestId);
        return request;
    }

    static AlipayPayConsultRequest consult(Amount amount, String region) {
        AlipayPayConsultRequest request = new AlipayPayConsultRequest();
        request.setProductCode(ProductCodeType.CASHIER_PAYMENT);
        request.setPaymentAmount(amount);
        request.setSettlementStrategy(usd());
        request.setEnv(app());
        request.setAllowedPaymentMethodRegions(List.of(region));
        return request;
    }

    static Amount amount(String currency, String value) {
        Amount amount = new Amount();
        amount.setCurrency(currency);
        amount.setValue(value);
        return amount;
    }

    private static PaymentMethod bank(String key, String value) {
        PaymentMethod method = new PaymentMethod();
        method.setPaymentMethodType("BANK");
        method.setPaymentMethodMetaData(Collections.singletonMap(key, value));
        return method;
    }

    private static SettlementStrategy usd() {
        SettlementStrategy strategy = new SettlementStrategy();
        strategy.setSettlementCurrency("USD");
        return strategy;
    }

    private static Env app() {
        Env env = new Env();
        env.setTerminalType(TerminalType.APP);
        env.setOsType(OsType.IOS);
        env.setClientIp("203.0.113.7");
        return env;
    }
}
