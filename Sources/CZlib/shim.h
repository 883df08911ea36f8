/// zlib is the reference for CRC-32 that the tests compare with; ISA-L computes it about 15 times as fast.
#pragma once

#include <zlib.h>

// Only the CRC: the rest of ISA-L would clash with zlib's names and is not needed.
#include <isa-l/crc.h>
