import { z } from 'zod';
import { maybeText, present } from '../reading/fields.js';
import { type MethodLimits, readLimits } from './limits.js';

/** One way to pay, as Antom offers it. */
export interface OfferedMethod {
  /** Antom's name of the method. */
  readonly method: string;
  readonly category?: string;
  readonly regions: readonly string[];
  readonly enabled: boolean;
  readonly preferred: boolean;
  /** Antom's reason why it is not enabled. */
  readonly disabledBecause?: string;
  readonly currencies: readonly string[];
  /** By currency. */
  readonly limits: Readonly<Record<string, MethodLimits>>;
  readonly banks: readonly { readonly id: string; readonly name?: string; readonly logoUrl?: string }[];
  readonly logoUrl?: string;
  readonly bankIdentifierCode?: string;
}

/** Antom's pages want booleans as text, its samples send them bare. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).catch(false);
const texts = z.array(z.string()).catch([]);

const Bank = z.looseObject({
  bankIdentifierCode: z.string().min(1),
  bankShortName: maybeText,
  bankLogo: z.looseObject({ logoUrl: maybeText }).optional().catch(undefined),
});

const Said = z.looseObject({
  paymentMethodType: z.string().min(1).max(64),
  paymentMethodCategory: maybeText,
  paymentMethodRegion: texts,
  enabled: flag,
  preferred: flag,
  disableReason: maybeText,
  supportedCurrencies: texts,
  logo: z.looseObject({ logoUrl: maybeText }).optional().catch(undefined),
  amountLimitInfoMap: z.unknown().optional(),
  bankIdentifierCode: maybeText,
  paymentOptionDetail: z
    .looseObject({ supportBanks: z.array(z.unknown()).catch([]) })
    .optional()
    .catch(undefined),
});

/** One of Antom's `paymentOptions` in our words, or undefined where it has no name. */
export function readMethod(option: unknown): OfferedMethod | undefined {
  const read = Said.safeParse(option);
  if (!read.success) return undefined;
  const said = read.data;
  return {
    method: said.paymentMethodType,
    regions: said.paymentMethodRegion,
    enabled: said.enabled,
    preferred: said.preferred,
    currencies: said.supportedCurrencies,
    limits: readLimits(said.amountLimitInfoMap),
    banks: (said.paymentOptionDetail?.supportBanks ?? []).flatMap(readBank),
    ...present({
      category: said.paymentMethodCategory,
      disabledBecause: said.disableReason,
      logoUrl: said.logo?.logoUrl,
      bankIdentifierCode: said.bankIdentifierCode,
    }),
  };
}

function readBank(bank: unknown): OfferedMethod['banks'] {
  const read = Bank.safeParse(bank);
  if (!read.success) return [];
  const { bankIdentifierCode: id, bankShortName: name, bankLogo } = read.data;
  return [{ id, ...present({ name, logoUrl: bankLogo?.logoUrl }) }];
}
