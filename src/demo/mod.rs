//! Two merchants to look at, made through the same verbs as real ones.
