//! The worker: takes jobs from the queue and hands each to the program's dispatcher.
