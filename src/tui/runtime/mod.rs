//! The outside of the desk: terminal, keys, engine and time become events; effects are carried out.
