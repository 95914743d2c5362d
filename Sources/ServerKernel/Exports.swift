// Authors of modules write against the kernel and meet the containers' types (Bytes, DecimalText, ...) in its
// interface: one import gives them both.
@_exported import Containers
