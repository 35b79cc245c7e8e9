// Runs a champion from Rust: `run_model champion.json [NUMBER...]` prints the network's outputs for these inputs.
// rustc run_model.rs -l clade_model -L FOLDER
use std::ffi::{c_char, CStr, CString};

#[repr(C)]
struct Model {
    _private: [u8; 0],
}
#[repr(C)]
struct Network {
    _private: [u8; 0],
}

const ABI_VERSION: u32 = 1;
const INPUTS: i32 = 0;
const OUTPUTS: i32 = 1;

#[link(name = "clade_model")]
extern "C" {
    fn clade_abi_version() -> u32;
    fn clade_error_text() -> *const c_char;
    fn clade_model_load(path: *const c_char, model: *mut *mut Model) -> i32;
    fn clade_model_destroy(model: *mut Model);
    fn clade_model_count(model: *const Model, list: i32) -> usize;
    fn clade_model_name(model: *const Model, list: i32, index: usize) -> *const c_char;
    fn clade_network_create(model: *const Model, most_rows: usize, network: *mut *mut Network) -> i32;
    fn clade_network_destroy(network: *mut Network);
    fn clade_network_activate(
        network: *mut Network,
        inputs: *const f32,
        input_count: usize,
        outputs: *mut f32,
        output_count: usize,
    ) -> i32;
}

fn text(pointer: *const c_char) -> String {
    unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned()
}

fn check(status: i32) {
    if status != 0 {
        eprintln!("{}", text(unsafe { clade_error_text() }));
        std::process::exit(1);
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let path = CString::new(words.get(1).expect("usage: run_model champion.json [NUMBER...]").as_str()).unwrap();
    let mut model = std::ptr::null_mut();
    let mut network = std::ptr::null_mut();
    unsafe {
        assert_eq!(clade_abi_version(), ABI_VERSION);
        check(clade_model_load(path.as_ptr(), &mut model));
        check(clade_network_create(model, 1, &mut network));
        let mut inputs = vec![0.0f32; clade_model_count(model, INPUTS)];
        let mut outputs = vec![0.0f32; clade_model_count(model, OUTPUTS)];
        for (input, word) in inputs.iter_mut().zip(&words[2..]) {
            *input = word.parse().expect("a number");
        }
        check(clade_network_activate(
            network,
            inputs.as_ptr(),
            inputs.len(),
            outputs.as_mut_ptr(),
            outputs.len(),
        ));
        for (index, output) in outputs.iter().enumerate() {
            println!("{} {}", text(clade_model_name(model, OUTPUTS, index)), output);
        }
        clade_network_destroy(network);
        clade_model_destroy(model);
    }
}
