export const help = `npm run bench -- payments [options]

Measures one payment through everything: real processes of compiled code between a real Kafka and PostgreSQL with durable
commits, the simulator as the bank, buyers at a constant rate that pay as soon as the app has its 201. In the same run,
by turns: floor (the least that the same four hops cost), usual-way (stock NestJS and TypeORM) and kasir.

  (nothing)              everything: 10/s, 20/s, cold start, rest and the knee to 5 %, two runs; 45 minutes at most
  --quick                20/s and the knee to 15 %, one run; 12 minutes at most

Parts, for kasir alone unless --systems names others; beside --quick they are measured in the same run:
  --rate <n,n,…>         legs at these rates and nothing else, such as --rate 20
  --seconds <n>          how long a leg of --rate takes; long enough for 1,200 payments unless given
  --cold                 25/s for 20 s right after ready, beside the same when warm
  --idle                 commits per second and CPU of each process at rest, over 30 s
  --soak <time>          20/s (or --rate) for so long, such as 10m
  --grow <n>             20/s before and after so many payments lie in the tables, such as 50000
  --instances <n>        20/s and the knee to 15 % with so many processes of each service
  --profile              20/s (or --rate) with a flame graph and the SQL statements of each service

  --warm-up <seconds>    at most, before anything but --cold is measured; 15 (floor), 20 (usual-way), 40 (kasir) unless given
  --systems <a,b,…>      of floor, usual-way, kasir
  --bank <realistic>     Antom's calls take 120 ms (p50) to 380 ms (p99), and 0.7 % of them fail
  --kasir <folder>       the Kasir of another built checkout, such as version 1
  --name <name>          of the result: bench-<name>.json and .html
  --out <folder>         where the result goes, docs/proof unless given; those of --rate and --profile go to .local/bench
  --help

Knee: the highest rate with e2e p99 of at most 1 s, 98 % of the payments paid in time and none missing. Percentiles come
from 1,200 payments or more. After each leg payments created, OrderPaid and the bank's ledger must be the same payments,
each once, or the bench fails. A run is void (exit code 1) when other processes used more than 10 % of the CPU during a
leg, or the floor's CPU per payment at 20/s differs by more than 10 % between its runs.

docs/performance.md is printed anew from docs/proof after a run that wrote there, and by npm run docs:performance.
`;
