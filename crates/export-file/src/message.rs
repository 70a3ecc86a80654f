//! The protobuf messages, as generated from `proto/export.proto`.
#![expect(unreachable_pub, reason = "generated code, used inside this crate only")]

include!(concat!(env!("OUT_DIR"), "/tekport.export_file.rs"));
