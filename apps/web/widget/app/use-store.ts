import { useEffect, useState } from 'preact/hooks'

/** Reads a store that changes by itself. `subscribe` and `read` must not change identity while mounted. */
export function useStore<T>(subscribe: (listener: () => void) => () => void, read: () => T): T {
  const [value, setValue] = useState(read)
  useEffect(() => {
    const look = () => setValue(() => read())
    look()
    return subscribe(look)
  }, [subscribe, read])
  return value
}
