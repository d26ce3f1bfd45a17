/** How it is called. */
export const help = `A stand-in for Antom Checkout Payment with bank methods.

  --pay-after <ms>   every session is paid by itself; else it waits for a buyer
  --keys <folder>    makes keys there, once, for whatever the environment names none for
  --seed <n>         chance that repeats itself
  --scenarios        prints what can be made to happen, and ends
  --faults           prints what can go wrong with calls, and ends

Settings, as environment variables (X_FILE names a file that holds X):

  PORT, HOST                       4400 on 127.0.0.1
  CLIENT_ID                        SANDBOX_… calls under /ams/sandbox/api/v1, any other under /ams/api/v1
  MERCHANT_PUBLIC_KEY              verifies calls
  ANTOM_PRIVATE_KEY                signs answers and notifications
  NOTIFY_OVERRIDE                  where all payment news goes
  REFUND_NOTIFY_URL                where refund news goes that names no address
  RESEND_SCHEDULE_MS               another schedule than Antom's, such as 0,1000,5000
  DATA_FOLDER                      keeps everything over the death of the process

More: apps/antom-simulator/README.md
`;
