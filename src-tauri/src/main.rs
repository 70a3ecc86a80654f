//! The desktop console's entry: mends the environment, then opens the window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> anyhow::Result<()> {
    tekport_console::environment::mend()?;
    tekport_console::run()
}
