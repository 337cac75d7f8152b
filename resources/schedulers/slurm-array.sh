#!/bin/sh
# A simulation in seven shards as a job array: one task a shard, each writes its part beside run.json.
#   sbatch slurm-array.sh
# Then:  ballast mc merge part-*.json --json
#SBATCH --job-name=ballast-mc
#SBATCH --array=1-7
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=01:00:00
set -eu
ballast mc --shard "${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" --out "part-${SLURM_ARRAY_TASK_ID}.json" --workers 1 --data-dir "${TMPDIR:-.}/ballast-${SLURM_ARRAY_TASK_ID}" < run.json
