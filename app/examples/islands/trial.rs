//! The islands of `app` and those of the trial page, as wasm.

use app as _;

mod nested;
