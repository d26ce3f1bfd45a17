import {
  AntomClient,
  buildCreatePaymentSession,
  buildInquiryPayment,
  type FrozenRequest,
  pathOf,
  readPaymentInquiry,
  readSessionAnswer,
  verifySignature,
} from '@kasir/antom';
