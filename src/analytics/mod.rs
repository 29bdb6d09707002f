//! The shopper's steps as events, and the figures made of them.
