#!/bin/sh
# One shard of a month of logs: a task of a Slurm job array.
#
#   sbatch --array=1-64 --cpus-per-task=4 scripts/backfill-array.sh
#   cat november-*.log.gz > november.log.gz     # once all have finished
exec npm run --silent backfill -- \
  --from 2026-11-01 --to 2026-12-01 --seed 1 \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --workers "${SLURM_CPUS_PER_TASK:-1}" --force \
  --output "november-$(printf %04d "$SLURM_ARRAY_TASK_ID").log.gz"
