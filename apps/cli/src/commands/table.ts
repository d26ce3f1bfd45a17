import { type Command } from '../command.js';
import { casesList } from './cases/list.js';
import { casesOwn } from './cases/own.js';
import { casesResolve } from './cases/resolve.js';
import { casesShow } from './cases/show.js';
import { deadLettersDiscard } from './dead-letters/discard.js';
import { deadLettersList } from './dead-letters/list.js';
import { deadLettersRedrive } from './dead-letters/redrive.js';
import { deadLettersShow } from './dead-letters/show.js';
import { doctorSignature } from './doctor/signature.js';
import { inquire } from './inquire/inquire.js';
import { quarantineList } from './quarantine/list.js';
import { quarantineRecheck } from './quarantine/recheck.js';
import { reconcile } from './reconcile/reconcile.js';
import { simAdvance } from './sim/advance.js';
import { simHold } from './sim/hold.js';
import { simLedger } from './sim/ledger.js';
import { simOverpay } from './sim/overpay.js';
import { simPay } from './sim/pay.js';
import { simRefuse } from './sim/refuse.js';
import { simResend } from './sim/resend.js';
import { simTail } from './sim/tail.js';
import { simTrigger } from './sim/trigger.js';
import { simUnderpay } from './sim/underpay.js';
import { waitingNews } from './waiting-news/waiting-news.js';

/** Every command of `kasir`. A new one is a file in `commands/<noun>/<verb>.ts` and a line here. */
export const commands: readonly Command[] = [
  deadLettersList,
  deadLettersShow,
  deadLettersRedrive,
  deadLettersDiscard,
  casesList,
  casesShow,
  casesOwn,
  casesResolve,
  reconcile,
  inquire,
  quarantineList,
  quarantineRecheck,
  waitingNews,
  doctorSignature,
  simTrigger,
  simPay,
  simUnderpay,
  simOverpay,
  simRefuse,
  simResend,
  simHold,
  simAdvance,
  simTail,
  simLedger,
];
