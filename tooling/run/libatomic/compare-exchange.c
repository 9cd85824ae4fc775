/*
 * The one function Node 26 for Linux x64 takes from libatomic.so.1 (V8 calls it for 8 bytes). Many machines do
 * not have that library, and this project asks for nothing but Node and npm; so `../libatomic.mjs` carries this
 * file compiled, and uses it only where the machine has no libatomic of its own.
 *
 * Made with (gcc 12, binutils 2.40):
 *   gcc -O2 -fPIC -fcf-protection=none -fno-asynchronous-unwind-tables -fno-builtin -fno-ident -nostdlib \
 *     -shared compare-exchange.c -o libatomic.so.1 -Wl,-soname,libatomic.so.1 \
 *     -Wl,--version-script=libatomic.map -Wl,--build-id=none -Wl,--hash-style=sysv -Wl,-z,noseparate-code \
 *     -Wl,-z,max-page-size=4096 -Wl,-z,norelro -Wl,-z,noexecstack
 *   strip --strip-all libatomic.so.1
 *   node -e "console.log(zlib.gzipSync(fs.readFileSync('libatomic.so.1'), { level: 9 }).toString('base64'))"
 *
 * Every exchange is sequentially consistent, which is at least as strong as any order a caller may ask for.
 */
typedef unsigned long size;

#define EXCHANGE(type)                                                                                         \
  return __atomic_compare_exchange_n((type *)object, (type *)expected, *(type *)desired, 0, __ATOMIC_SEQ_CST,   \
                                     __ATOMIC_SEQ_CST)

_Bool compare_exchange(size bytes, void *object, void *expected, void *desired, int success, int failure)
    __asm__("__atomic_compare_exchange");

_Bool compare_exchange(size bytes, void *object, void *expected, void *desired, int success, int failure) {
  (void)success;
  (void)failure;
  switch (bytes) {
    case 1:
      EXCHANGE(unsigned char);
    case 2:
      EXCHANGE(unsigned short);
    case 4:
      EXCHANGE(unsigned int);
    case 8:
      EXCHANGE(unsigned long);
    default:
      /* Larger objects need locks; stop at once rather than answer wrongly. */
      __builtin_trap();
  }
}
