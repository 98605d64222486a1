// gcc: -std=gnu11
// clang: -std=gnu11 -Wno-everything
// What compilers take, if with a warning: a last member without ';', an element of an array in a value that is changed, and an
// extern declaration that takes over the extent of the one around it.
struct pair {
    int first, second[2];
};

struct pair make(void);

void change(int i)
{
    make().second[i] = 1;
    make().second[i]++;
    (0, make()).second[i] += 2;
}

#define vector __attribute__((vector_size(16)))

int behind_attributes(int count, ...)
{
    __builtin_va_list list;
    __builtin_va_start(list, count);
    vector int v = __builtin_va_arg(list, vector int);
    __builtin_va_end(list);
    return v[0] + ++(int){ 2 } + _Generic(count, __attribute__((unused)) int: 1) + (int)sizeof(__attribute__((aligned(8))) int);
}

void extent(void)
{
    extern char name[10];
    {
        extern char name[];
        char check[sizeof(name) == 10 ? 1 : -1];
        (void)check;
    }
}
