//! The only arithmetic of prices; pure.
