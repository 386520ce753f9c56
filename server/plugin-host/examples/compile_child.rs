//! The smallest program that compiles plugins for a host; `waymark` does the same under a hidden command. The tests start
//! it.

fn main() -> std::process::ExitCode {
    plugin_host::compile_child_main()
}
