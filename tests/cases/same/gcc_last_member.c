// gcc: -std=gnu11
// gcc takes a last member without ';' when it has no name, too.
struct outer {
    int first;
    struct { int second; }
};

int *second(struct outer *o)
{
    return &o->second;
}
