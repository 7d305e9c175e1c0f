"""The arithmetic of a job plan: exact, by the terms of the doctor's contract, every figure with its working."""
